using Xebec.Kubelet.Cri.Wire.Events;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>containerd's events as the contract's. The topics here are all that is subscribed to.</summary>
internal static class EventMapping
{
    public static readonly IReadOnlyList<string> Topics =
        ["/containers/create", "/containers/delete", "/tasks/start", "/tasks/exit", "/tasks/oom"];

    /// <summary>Null for what is no happening of a container: the end of an exec, a topic not asked for.</summary>
    public static RuntimeEvent? FromWire(Envelope envelope) => envelope.Topic switch
    {
        "/tasks/exit" => FromExit(envelope, TaskExit.Parser.ParseFrom(envelope.Event.Value)),
        "/tasks/start" => Of(RuntimeEventType.Started, envelope),
        "/tasks/oom" => Of(RuntimeEventType.OutOfMemory, envelope),
        "/containers/create" => Of(RuntimeEventType.Created, envelope),
        "/containers/delete" => Of(RuntimeEventType.Deleted, envelope),
        _ => null,
    };

    private static RuntimeEvent? FromExit(Envelope envelope, TaskExit exit) => exit.Id.Length > 0 && exit.Id != exit.ContainerId
        ? null : new RuntimeEvent(RuntimeEventType.Stopped, exit.ContainerId, TimeOf(envelope), (int)exit.ExitStatus);

    private static RuntimeEvent Of(RuntimeEventType type, Envelope envelope) =>
        new(type, Subject.Parser.ParseFrom(envelope.Event.Value).ContainerId, TimeOf(envelope));

    private static DateTimeOffset TimeOf(Envelope envelope) => envelope.Timestamp?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;
}
