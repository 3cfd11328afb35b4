namespace Xebec.Client;

/// <summary>Reads, changes and writes again while others write the same object in between.</summary>
public static class ConflictRetry
{
    private const int Tries = 5;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a read-change-write until it meets no conflict, at most five times; the last conflict is thrown.</summary>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> readChangeWrite, TimeProvider time, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await readChangeWrite(cancellation);
            }
            catch (ApiErrorException e) when (e.IsConflict && attempt < Tries)
            {
                await Task.Delay(Wait, time, cancellation);
            }
        }
    }
}
