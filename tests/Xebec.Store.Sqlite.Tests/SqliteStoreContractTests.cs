using Xebec.Store.Tests;

namespace Xebec.Store.Sqlite.Tests;

/// <summary>The store in a file meets the contract.</summary>
public sealed class SqliteStoreContractTests : StoreContractTests, IDisposable
{
    private readonly TestFolder _folder = new();
    private int _stores;

    protected override int ModelCheckSequences => 40;

    public void Dispose() => _folder.Dispose();

    protected override async Task<IStore> OpenAsync() => await TestFolder.OpenAsync(Path.Combine(_folder.Path, $"{_stores++}.db"));
}
