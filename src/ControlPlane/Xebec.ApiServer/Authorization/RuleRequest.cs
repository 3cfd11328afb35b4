namespace Xebec.ApiServer.Authorization;

/// <summary>What rules are asked about: the attributes of a request, made ready to compare once for all rules.</summary>
internal readonly ref struct RuleRequest(AuthorizationAttributes attributes)
{
    public AuthorizationAttributes Attributes { get; } = attributes;

    public int VerbBit { get; } = Verbs.BitOf(attributes.Verb);

    /// <summary>The resource with its subresource, as rules write them.</summary>
    public string Resource { get; } =
        attributes.Subresource.Length == 0 ? attributes.Resource : $"{attributes.Resource}/{attributes.Subresource}";
}
