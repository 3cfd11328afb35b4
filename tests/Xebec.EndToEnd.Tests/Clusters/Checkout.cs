namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>The sources that the tests were built from.</summary>
public static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The launcher.</summary>
    public static string Xebec => Path.Combine(Root, "xebec");

    private static string Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Xebec.slnx"))) return folder;
        throw new InvalidOperationException("no Xebec.slnx above the test; run it from a checkout");
    }
}
