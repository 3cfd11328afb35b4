using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Printing;

/// <summary>The rows of a table besides their cells: their order, and the condition of those that are done.</summary>
internal static class TableRows
{
    /// <summary>The objects of a page in the order of their rows: that of the page, but FlowSchemas in the order they are tried.</summary>
    public static IEnumerable<(CachedObject Item, ObjectValue Tree)> Of(ServedResource resource, ListPage page)
    {
        var rows = page.Items.ToArray().Select(i => (Item: i, Tree: i.ToTree()));
        return resource.Info.Kind == "FlowSchema" && !resource.IsCustom
            ? rows.OrderBy(r => r.Tree.Number("spec", "matchingPrecedence")).ThenBy(r => r.Tree.Text("metadata", "name"), StringComparer.Ordinal)
            : rows;
    }

    /// <summary>The condition of a pod that has ended, null of all else.</summary>
    public static ObjectValue? Completion(ServedResource resource, ObjectValue tree)
    {
        if (resource.Info.Kind != "Pod" || resource.IsCustom)
            return null;
        return tree.Text("status", "phase") switch
        {
            "Succeeded" => Completed("Succeeded", "The pod has completed successfully."),
            "Failed" => Completed("Failed", "The pod failed."),
            _ => null,
        };
    }

    private static ObjectValue Completed(string reason, string message) => new()
    {
        { "type", "Completed" }, { "status", "True" }, { "reason", reason }, { "message", message },
    };
}
