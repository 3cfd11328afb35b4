using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authorization;

/// <summary>What somebody wants to do as the spec of a SubjectAccessReview (authorization.k8s.io/v1).</summary>
internal static class AccessReviewSpec
{
    public static ObjectValue Of(AuthorizationAttributes attributes)
    {
        var spec = new ObjectValue();
        if (attributes.IsResourceRequest)
            spec["resourceAttributes"] = Resource(attributes);
        else
            spec["nonResourceAttributes"] = new ObjectValue { { "path", attributes.Path }, { "verb", attributes.Verb } };
        spec["user"] = attributes.User.Name;
        if (attributes.User.Groups.Count > 0)
            spec["groups"] = Texts(attributes.User.Groups);
        if (attributes.User.Extra.Count > 0)
        {
            var extra = spec.GetOrAddObject("extra");
            foreach (var (key, values) in attributes.User.Extra.OrderBy(e => e.Key, StringComparer.Ordinal))
                extra[key] = Texts(values);
        }

        Set(spec, "uid", attributes.User.Uid);
        return spec;
    }

    private static ObjectValue Resource(AuthorizationAttributes attributes)
    {
        var resource = new ObjectValue();
        Set(resource, "namespace", attributes.Namespace);
        Set(resource, "verb", attributes.Verb);
        Set(resource, "group", attributes.Group);
        Set(resource, "version", attributes.Version);
        Set(resource, "resource", attributes.Resource);
        Set(resource, "subresource", attributes.Subresource);
        Set(resource, "name", attributes.Name);
        AddSelector(resource, "fieldSelector", Fields(attributes.FieldSelector));
        AddSelector(resource, "labelSelector", Labels(attributes.LabelSelector));
        return resource;
    }

    // A selector that does not parse is no reason to ask: the request fails on it anyway.
    private static ListValue? Fields(string text)
    {
        try
        {
            return text.Length == 0 ? null : new(FieldSelector.Parse(text).Requirements.Select(r => (Value)new ObjectValue
            {
                { "key", r.Field }, { "operator", r.IsEqual ? "In" : "NotIn" }, { "values", new ListValue([r.Value]) },
            }));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ListValue? Labels(string text)
    {
        try
        {
            return text.Length == 0 ? null : new(LabelSelector.Parse(text).Requirements.Select(r => Label(r)).OfType<Value>());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ObjectValue? Label(LabelRequirement requirement)
    {
        var name = requirement.Operator switch
        {
            SelectorOperator.In or SelectorOperator.Equal => "In",
            SelectorOperator.NotIn or SelectorOperator.NotEqual => "NotIn",
            SelectorOperator.Exists => "Exists",
            SelectorOperator.DoesNotExist => "DoesNotExist",
            _ => null,
        };
        if (name is null)
            return null;
        var label = new ObjectValue { { "key", requirement.Key }, { "operator", name } };
        if (name is "In" or "NotIn")
            label["values"] = Texts(requirement.Values);
        return label;
    }

    private static void AddSelector(ObjectValue resource, string name, ListValue? requirements)
    {
        if (requirements is { Count: > 0 })
            resource[name] = new ObjectValue { { "requirements", requirements } };
    }

    private static void Set(ObjectValue tree, string name, string text)
    {
        if (text.Length > 0)
            tree[name] = text;
    }

    private static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(t => (Value)t));
}
