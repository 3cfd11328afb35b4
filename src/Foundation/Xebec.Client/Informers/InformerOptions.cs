namespace Xebec.Client.Informers;

/// <summary>What an informer caches.</summary>
/// <param name="Namespace">One namespace; empty for all.</param>
/// <param name="LabelSelector">Only objects whose labels match; empty for all.</param>
/// <param name="FieldSelector">Only objects whose fields match; empty for all.</param>
public sealed record InformerOptions(string Namespace = "", string LabelSelector = "", string FieldSelector = "");
