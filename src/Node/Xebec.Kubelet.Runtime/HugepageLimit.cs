namespace Xebec.Kubelet.Runtime;

/// <summary>Limit in bytes of one page size, written as <c>2MB</c> or <c>1GB</c>.</summary>
public sealed record HugepageLimit(string PageSize, ulong LimitBytes);
