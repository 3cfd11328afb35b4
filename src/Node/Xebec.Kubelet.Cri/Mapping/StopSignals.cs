using System.Collections.Frozen;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>CRI's enum Signal: it numbers signals by name, not as Linux does, and leaves the choice to the runtime with 0.</summary>
internal static class StopSignals
{
    private static readonly string[] s_names =
    [
        "", "SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT",
        "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP",
        "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ", "SIGRTMIN",
    ];

    private static readonly FrozenDictionary<string, int> s_numbers = Numbers().ToFrozenDictionary();

    /// <summary>0 for an empty or unknown name.</summary>
    public static int NumberOf(string name) => s_numbers.GetValueOrDefault(name);

    private static IEnumerable<KeyValuePair<string, int>> Numbers()
    {
        const int minimum = 35, plus = 15, minus = 14;
        for (var number = 0; number < s_names.Length; number++)
            yield return new(s_names[number], number);
        for (var offset = 1; offset <= plus; offset++)
            yield return new($"SIGRTMIN+{offset}", minimum + offset);
        for (var offset = minus; offset >= 1; offset--)
            yield return new($"SIGRTMAX-{offset}", minimum + plus + 1 + minus - offset);
        yield return new("SIGRTMAX", minimum + plus + minus + 1);
    }
}
