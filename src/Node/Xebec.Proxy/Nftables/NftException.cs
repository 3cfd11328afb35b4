namespace Xebec.Proxy.Nftables;

/// <summary>nft refused a transaction; nothing of it took effect.</summary>
internal sealed class NftException(string message) : Exception(message);
