using CsCheck;

namespace Xebec.Store.Tests;

public abstract partial class StoreContractTests
{
    /// <summary>How many random sequences are tried; a failure prints the seed to try again.</summary>
    protected virtual int ModelCheckSequences => 100;

    [Fact]
    public Task Random_operations_come_out_as_in_the_model() => StoreOperation.Sequences.SampleAsync(
        async operations =>
        {
            await using var store = await OpenAsync();
            await using var model = new ModelStore();
            for (var step = 0; step < operations.Length; step++)
                Assert.Equal((step, await operations[step].RunAsync(model)), (step, await operations[step].RunAsync(store)));
        },
        iter: ModelCheckSequences,
        threads: 1);
}
