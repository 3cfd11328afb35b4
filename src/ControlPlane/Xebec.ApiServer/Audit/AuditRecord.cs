using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Audit;

/// <summary>
/// What is recorded of one request while it is served; each moment the policy wants becomes an <see cref="AuditEvent"/>. A request's
/// own thread uses it.
/// </summary>
internal sealed class AuditRecord(AuditLog log, TimeProvider time, AuditDecision decision, AuditEvent beginning)
{
    private readonly SortedDictionary<string, string> _annotations = new(StringComparer.Ordinal);
    private AuditEvent _state = beginning;

    /// <summary>Records the user that the requester acts as.</summary>
    public void Impersonate(Impersonated other) => _state = _state with { ImpersonatedUser = other.User, ImpersonationConstraint = other.Constraint };

    /// <summary>Adds an annotation; the first one of a key stays.</summary>
    public void Annotate(string key, string value) => _annotations.TryAdd(key, value);

    /// <summary>Adds what authorization said.</summary>
    public void Annotate(AuthorizationDecision decision)
    {
        Annotate("authorization.k8s.io/decision", decision.Allowed ? "allow" : "forbid");
        Annotate("authorization.k8s.io/reason", decision.Reason);
    }

    /// <summary>Records the object that was sent: what it is called, and when the policy wants it all of it.</summary>
    public void SetRequestObject(ObjectValue sent)
    {
        if (_state.ObjectReference is { } reference && sent.GetObject("metadata") is { } metadata)
        {
            _state = _state with
            {
                ObjectReference = reference with
                {
                    Name = reference.Name.Length > 0 ? reference.Name : metadata.GetString("name") ?? "",
                    Namespace = reference.Namespace.Length > 0 ? reference.Namespace : metadata.GetString("namespace") ?? "",
                    Uid = metadata.GetString("uid") ?? "",
                    ResourceVersion = metadata.GetString("resourceVersion") ?? "",
                },
            };
        }

        if (decision.Level < AuditLevel.Request)
            return;
        ReadOnlyMemory<byte> json = sent.ToUtf8();
        _state = _state with { RequestObject = () => ValueTask.FromResult(json), BodyBytes = _state.BodyBytes + json.Length };
    }

    /// <summary>Records the patch that was sent.</summary>
    public void SetPatch(byte[] body, bool isYaml)
    {
        if (decision.Level < AuditLevel.Request)
            return;
        _state = _state with
        {
            RequestObject = () => ValueTask.FromResult<ReadOnlyMemory<byte>>(isYaml ? YamlReader.ToJson(body).Json : body),
            BodyBytes = _state.BodyBytes + body.Length,
        };
    }

    /// <summary>Records the object that is answered.</summary>
    public void SetResponseObject(byte[] json)
    {
        if (decision.Level == AuditLevel.RequestResponse)
            _state = _state with { BodyBytes = _state.BodyBytes + json.Length };
        SetResponseObject(() => ValueTask.FromResult<ReadOnlyMemory<byte>>(json));
    }

    /// <summary>Records an answer that is only written out when the event is.</summary>
    public void SetResponseObject(Func<ValueTask<ReadOnlyMemory<byte>>> write)
    {
        if (decision.Level == AuditLevel.RequestResponse)
            _state = _state with { ResponseObject = write };
    }

    /// <summary>Records that a long answer has begun.</summary>
    public void Start(int code)
    {
        _state = _state with { Code = code };
        Reach(AuditStages.ResponseStarted);
    }

    /// <summary>Records a failure; one the server did not foresee ends the record.</summary>
    public void Fail(ApiException failure, bool isUnforeseen)
    {
        _state = _state with { Code = failure.Code, Failure = failure };
        SetResponseObject(() => ValueTask.FromResult<ReadOnlyMemory<byte>>(failure.ToUtf8()));
        if (isUnforeseen)
            Reach(AuditStages.Panic);
    }

    /// <summary>Records the end.</summary>
    public void Complete(int code)
    {
        if (_state.Stage == AuditStages.Panic)
            return;
        _state = _state with { Code = _state.Failure?.Code ?? code };
        Reach(AuditStages.ResponseComplete);
    }

    /// <summary>Writes an event of a moment, unless the policy leaves that out.</summary>
    public void Reach(AuditStages stage)
    {
        _state = _state with { Stage = stage };
        if ((decision.OmittedStages & stage) != 0)
            return;
        log.Add(_state with { At = stage == AuditStages.RequestReceived ? _state.Received : time.GetUtcNow(), Annotations = [.. _annotations] });
    }
}
