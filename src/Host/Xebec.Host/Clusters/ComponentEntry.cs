namespace Xebec.Host.Clusters;

/// <summary>One row of the table that puts the cluster together.</summary>
/// <param name="Name">The component's upstream name.</param>
/// <param name="StartAsync">Starts it; returns when it runs. Disposing what it returns stops it.</param>
internal sealed record ComponentEntry(string Name, Func<ComponentContext, CancellationToken, Task<IAsyncDisposable>> StartAsync);
