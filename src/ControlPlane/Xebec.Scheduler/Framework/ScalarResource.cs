namespace Xebec.Scheduler.Framework;

/// <summary>An amount of an extended resource or of huge pages.</summary>
internal readonly record struct ScalarResource(string Name, long Amount);
