namespace Xebec.Store.Tests;

/// <summary>The model meets the contract it stands for.</summary>
public sealed class ModelStoreTests : StoreContractTests
{
    protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(new ModelStore());
}
