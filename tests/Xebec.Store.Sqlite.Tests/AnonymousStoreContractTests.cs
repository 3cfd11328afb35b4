using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Store.Tests;

namespace Xebec.Store.Sqlite.Tests;

/// <summary>The store of a test cluster, without a path, meets the contract.</summary>
public sealed class AnonymousStoreContractTests : StoreContractTests
{
    [Fact]
    public async Task It_leaves_no_file_behind_even_while_open()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", new byte[] { 1 });
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"xebec-store-{Environment.ProcessId}-*"));
    }

    protected override async Task<IStore> OpenAsync() =>
        await SqliteStore.OpenAsync(new SqliteStoreOptions(), TimeProvider.System, NullLogger.Instance);
}
