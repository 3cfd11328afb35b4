namespace Xebec.Api.Tests.Rules;

/// <summary>The tables of Rules/Cases: which objects and changes are accepted, which refused, and in which words.</summary>
public sealed class CaseTests
{
    [Theory]
    [InlineData("pod-volumes")]
    [InlineData("pod-containers")]
    [InlineData("pod-spec")]
    [InlineData("pod-scheduling")]
    [InlineData("pod-update")]
    [InlineData("pod-status")]
    [InlineData("service")]
    [InlineData("storage")]
    [InlineData("cluster")]
    [InlineData("namespaced")]
    public void EveryCaseIsMet(string table)
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var row in CaseFile.Read(table))
        {
            count++;
            var found = row.Run();
            if (!row.IsMetBy(found))
                failures.Add($"{row.Kind} {row.Line}\n    expected:\n      {string.Join("\n      ", row.Messages)}\n    found:\n      {string.Join("\n      ", found)}");
        }

        Assert.True(count > 0, "the table is empty");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} cases:\n{string.Join('\n', failures)}");
    }
}
