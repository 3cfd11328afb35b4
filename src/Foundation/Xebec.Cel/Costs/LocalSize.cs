namespace Xebec.Cel.Costs;

/// <summary>What is known of a comprehension's variable.</summary>
/// <param name="Declared">The declared type it stands for, with its size hints; null when it was computed.</param>
/// <param name="Size">Its size.</param>
/// <param name="Entries">The sizes of its items.</param>
internal sealed record LocalSize(CelType? Declared, Bounds? Size, EntrySize? Entries);
