using System.Globalization;
using System.Text;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Values;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>The pod-template-hash label: names a template in a form that is safe in names and spells no words.</summary>
internal static class PodTemplateHash
{
    public const string Label = "pod-template-hash";
    private const string SafeCharacters = "bcdfghjklmnpqrstvwxz2456789";

    public static string Of(PodTemplateSpec template, int? collisionCount)
    {
        var hash = 2166136261u;
        Add(ref hash, Value.Parse(ApiJson.Serialize(template)));
        if (collisionCount is { } collisions)
            Add(ref hash, collisions.ToString(CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"{hash}").Select(c => SafeCharacters[c % SafeCharacters.Length]).Aggregate(
            new StringBuilder(), static (text, c) => text.Append(c)).ToString();
    }

    /// <summary>Whether two templates are the same but for the hash label.</summary>
    public static bool EqualIgnoringHash(PodTemplateSpec left, PodTemplateSpec right) => WithoutHash(left).DeepEquals(WithoutHash(right));

    private static Value WithoutHash(PodTemplateSpec template)
    {
        var copy = template;
        if (template.Metadata.Labels.ContainsKey(Label))
        {
            copy = template.DeepClone();
            copy.Metadata.Labels.Remove(Label);
        }

        return Value.Parse(ApiJson.Serialize(copy));
    }

    /// <summary>FNV-1a over the value with the members of objects in order of their names.</summary>
    private static void Add(ref uint hash, Value value)
    {
        switch (value)
        {
            case ObjectValue obj:
                foreach (var (name, member) in obj.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    Add(ref hash, name);
                    Add(ref hash, member);
                }

                break;
            case ListValue list:
                foreach (var item in list)
                    Add(ref hash, item);
                break;
            default:
                Add(ref hash, value.ToString());
                break;
        }
    }

    private static void Add(ref uint hash, string text)
    {
        foreach (var unit in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ unit) * 16777619u;
        hash = (hash ^ 0xFFu) * 16777619u;
    }
}
