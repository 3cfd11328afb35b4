namespace Xebec.Tests;

/// <summary>
/// Says which entry of Kubernetes' conformance list the test covers: the name as in tests/Conformance/entries.tsv. docs/conformance.md is
/// generated from these by eng/update-conformance.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ConformanceAttribute(string entry) : Attribute
{
    public string Entry => entry;
}
