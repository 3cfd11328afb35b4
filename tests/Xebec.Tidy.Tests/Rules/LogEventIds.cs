using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A LoggerMessage has an event id, and no other message of the project has the same.</summary>
public static class LogEventIds
{
    public const string Name = "log-event-ids";

    public static IEnumerable<Finding> Check(IEnumerable<SourceFile> filesOfOneProject)
    {
        var messages = filesOfOneProject.SelectMany(file => file.Unit.DescendantNodes().OfType<AttributeSyntax>(), (file, attribute) => (file.Path, attribute))
            .Where(one => one.attribute.Name.ToString() == "LoggerMessage").Select(one => (one.Path, Line: SourceFile.LinesOf(one.attribute).First, Id: IdOf(one.attribute)))
            .ToList();
        foreach (var one in messages.Where(one => one.Id is null))
            yield return new Finding(Name, one.Path, $"line-{one.Line}", 1, $"line {one.Line}: a LoggerMessage without an event id");
        foreach (var same in messages.Where(one => one.Id is not null).GroupBy(one => one.Id).Where(same => same.Count() > 1))
            yield return new Finding(Name, same.Last().Path, same.Key.ToString()!, 1, $"line {same.Last().Line}: event id {same.Key} is taken by {same.First().Path}:{same.First().Line}");
    }

    private static int? IdOf(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var id = arguments.FirstOrDefault(one => one.NameEquals?.Name.ToString() == "EventId" || one.NameColon?.Name.ToString() == "eventId")
            ?? arguments.FirstOrDefault(one => one.NameEquals is null && one.NameColon is null);
        return int.TryParse(id?.Expression.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
