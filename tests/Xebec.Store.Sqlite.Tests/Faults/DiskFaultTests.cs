using Xebec.Store.Tests;

namespace Xebec.Store.Sqlite.Tests.Faults;

/// <summary>When the disk does not take writes, reads go on, nothing acknowledged is lost, and writes resume by themselves.</summary>
public sealed class DiskFaultTests
{
    [Fact]
    public async Task A_full_disk_fails_writes_until_there_is_space_again()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        using var disk = new SmallDisk(sizeMiB: 8);
        await File.WriteAllBytesAsync(disk.Ballast, new byte[4 << 20]);
        var written = new List<WriteResult>();
        await using (var store = await TestFolder.OpenAsync(disk.StorePath))
        {
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => FillAsync(store, written));
            Assert.Contains("is full: free some space", error.Message);
            Assert.Contains(disk.StorePath, error.Message);
            await CheckAsync(store, written);
            Assert.Equal(written.Count, (await WatchReader.ReadAsync(store, "/", 0, written.Count)).Count);

            File.Delete(disk.Ballast);
            written.Add(await store.CreateAsync($"/{written.Count:D5}", new byte[4096]));
            await CheckAsync(store, written);
        }
        await using (var store = await TestFolder.OpenAsync(disk.StorePath))
            await CheckAsync(store, written);
    }

    [Fact]
    public async Task A_group_that_fails_for_lack_of_space_fails_as_a_whole()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        using var disk = new SmallDisk(sizeMiB: 4);
        await using var store = await TestFolder.OpenAsync(disk.StorePath);
        var writes = Enumerable.Range(0, 64).Select(i => store.CreateAsync($"/{i}", new byte[256 << 10]).AsTask()).ToList();
        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);
        var succeeded = writes.Where(write => write.IsCompletedSuccessfully).Select(write => write.Result.Revision).Order().ToList();
        Assert.Contains(writes, write => write.Exception?.InnerException is StoreUnavailableException);
        Assert.Equal(Enumerable.Range(1, succeeded.Count).Select(i => (long)i), succeeded);
        Assert.Equal(succeeded.Count, (await store.RangeAsync("/")).Entries.Count);
    }

    [Fact]
    public async Task An_io_error_fails_writes_until_it_is_gone()
    {
        using var folder = new TestFolder();
        using var child = ChildProcess.Start(FileLimitChild.Argument, folder.StorePath);
        await child.WaitForExitAsync();
        Assert.Equal(0, child.ExitCode);
        await using var store = await folder.OpenAsync();
        Assert.Equal(["/after", "/before"], (await store.RangeAsync("/")).Entries.Select(entry => entry.Key));
    }

    private static async Task FillAsync(SqliteStore store, List<WriteResult> written)
    {
        for (var i = 0; i < 10_000; i++)
            written.Add(await store.CreateAsync($"/{i:D5}", new byte[4096]));
    }

    private static async Task CheckAsync(SqliteStore store, List<WriteResult> written)
    {
        Assert.Equal(written.Count, await store.GetCurrentRevisionAsync());
        Assert.Equal(written.Select(write => write.Revision), (await store.RangeAsync("/")).Entries.Select(entry => entry.ModRevision));
    }
}
