using System.CommandLine;
using System.CommandLine.Parsing;
using Xebec.ApiServer;
using Xebec.ApiServer.Filters;

namespace Xebec.Host.Cli;

/// <summary>The flags of kube-apiserver about how much it serves at once, for how long, and how it stops.</summary>
internal sealed class ServingFlags
{
    private static readonly ServingOptions Default = new();

    private readonly Option<bool> _fairness = Flag(
        "--enable-priority-and-fairness", "Queue and limit requests by FlowSchemas and PriorityLevelConfigurations", Default.EnablePriorityAndFairness);

    private readonly Option<int> _reading = Flag(
        "--max-requests-inflight", "Reading requests served at once; with fairness, a part of all seats", Default.MaxRequestsInFlight);

    private readonly Option<int> _mutating = Flag(
        "--max-mutating-requests-inflight", "Writing requests served at once; with fairness, a part of all seats", Default.MaxMutatingRequestsInFlight);

    private readonly Option<TimeSpan> _timeout = Duration("--request-timeout", "The longest a request may take, watches excepted", Default.RequestTimeout);

    private readonly Option<TimeSpan> _watch = Duration("--min-request-timeout", "The least time a watch is kept open", Default.MinRequestTimeout);

    private readonly Option<TimeSpan> _delay = Duration(
        "--shutdown-delay-duration", "How long requests are still served, with /readyz failing, before stopping", Default.ShutdownDelayDuration);

    private readonly Option<double> _goaway = Flag(
        "--goaway-chance", "Chance that an HTTP/2 connection is asked to go away, up to 0.02", Default.GoawayChance);

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        _goaway.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is < 0 or > 0.02)
                result.AddError("--goaway-chance: a number between 0 and 0.02 is needed");
        });
        foreach (var option in (Option[])[_fairness, _reading, _mutating, _timeout, _watch, _delay, _goaway])
            command.Add(option);
    }

    /// <summary>What was given, or the defaults.</summary>
    public ServingOptions Read(ParseResult result) => new()
    {
        EnablePriorityAndFairness = result.GetValue(_fairness),
        MaxRequestsInFlight = result.GetValue(_reading),
        MaxMutatingRequestsInFlight = result.GetValue(_mutating),
        RequestTimeout = result.GetValue(_timeout),
        MinRequestTimeout = result.GetValue(_watch),
        ShutdownDelayDuration = result.GetValue(_delay),
        GoawayChance = result.GetValue(_goaway),
    };

    private static Option<T> Flag<T>(string name, string description, T usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan usual) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => usual,
        CustomParser = result => Parse(name, result),
    };

    private static TimeSpan Parse(string name, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (GoDuration.TryParse(text) is { } duration && duration >= TimeSpan.Zero)
            return duration;
        result.AddError($"{name}: \"{text}\" is no duration, such as 90s or 1h30m");
        return default;
    }
}
