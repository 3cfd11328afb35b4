namespace Xebec.Dns.Zones;

/// <summary>What is to be done with a query.</summary>
internal enum ZoneAnswer
{
    /// <summary>Nothing: not even an error.</summary>
    Drop,

    /// <summary>The response is complete.</summary>
    Complete,

    /// <summary>The name is not the cluster's: ask an upstream resolver.</summary>
    Forward,

    /// <summary>The response holds a CNAME whose target an upstream resolver must be asked for.</summary>
    Chase,
}
