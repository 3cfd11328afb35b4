using Xebec.Store.Sqlite.Database;

namespace Xebec.Store.Sqlite.Tests;

/// <summary>A file that can't be used is refused with what to do about it.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_opener_is_told_that_the_file_is_in_use()
    {
        await using (await _folder.OpenAsync())
            Assert.Contains("in use by another process", (await RefusedAsync()).Message);
        await using (await _folder.OpenAsync())
        {
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_reported()
    {
        await File.WriteAllTextAsync(_folder.StorePath, string.Concat(Enumerable.Repeat("this is not a database ", 1000)));
        AssertSaysWhatToDo(await RefusedAsync());
    }

    [Fact]
    public async Task A_truncated_file_is_reported_and_released()
    {
        await FillAsync();
        using (var file = File.OpenWrite(_folder.StorePath))
            file.SetLength(file.Length / 2);
        AssertSaysWhatToDo(await RefusedAsync());
        File.Delete(_folder.StorePath);
        await using var store = await _folder.OpenAsync();
        Assert.Equal(0, await store.GetCurrentRevisionAsync());
    }

    [Fact]
    public async Task A_page_damaged_in_the_middle_is_reported_when_it_is_read()
    {
        await FillAsync();
        using (var file = File.OpenWrite(_folder.StorePath))
        {
            file.Position = 20 * 8192;
            for (var page = 20L; page < (file.Length / 8192) - 20; page++)
                file.Write(Enumerable.Repeat((byte)0xA5, 8192).ToArray());
        }
        await using var store = await _folder.OpenAsync();
        AssertSaysWhatToDo(await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.RangeAsync("/")));
    }

    [Fact]
    public async Task Another_programs_database_is_left_alone()
    {
        using (var connection = Connection.Open(_folder.StorePath, readOnly: false))
            connection.Execute("CREATE TABLE bookmarks (url TEXT)");
        Assert.Contains("no Xebec store", (await RefusedAsync()).Message);
        using var check = Connection.Open(_folder.StorePath, readOnly: true);
        Assert.Equal(1, check.QueryNumber("SELECT count(*) FROM sqlite_schema"u8));
    }

    [Fact]
    public async Task A_newer_releases_file_is_refused()
    {
        await FillAsync();
        using (var connection = Connection.Open(_folder.StorePath, readOnly: false))
            connection.Execute("INSERT INTO migration VALUES (99, 'later')");
        Assert.Contains("newer release (schema version 99", (await RefusedAsync()).Message);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_reported()
    {
        await File.WriteAllTextAsync(_folder.StorePath, "a file where a folder should be");
        var below = Path.Combine(_folder.StorePath, "state.db");
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => TestFolder.OpenAsync(below));
        Assert.Contains(_folder.StorePath, error.Message);
    }

    [Fact]
    public async Task A_store_that_crashed_while_its_schema_was_made_opens()
    {
        using (var connection = Connection.Open(_folder.StorePath, readOnly: false))
        {
            connection.Execute($"""
                PRAGMA application_id = {Schema.ApplicationId};
                CREATE TABLE migration (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL) STRICT;
                """);
        }
        await using var store = await _folder.OpenAsync();
        Assert.Equal(1, (await store.CreateAsync("/a", new byte[1])).Revision);
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_files()
    {
        await using var store = await _folder.OpenAsync();
        await store.CreateAsync("/registry/secrets/default/a", new byte[1]);
        foreach (var file in Directory.GetFiles(_folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
    }

    private async Task FillAsync()
    {
        await using var store = await _folder.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.CreateAsync($"/{i}", new byte[1024]).AsTask()));
    }

    private Task<StoreUnavailableException> RefusedAsync() => Assert.ThrowsAsync<StoreUnavailableException>(() => _folder.OpenAsync());

    private void AssertSaysWhatToDo(StoreUnavailableException error)
    {
        Assert.Contains(_folder.StorePath, error.Message);
        Assert.Contains("damaged", error.Message);
        Assert.Contains("restore a backup", error.Message);
        Assert.Contains("move it away", error.Message);
    }
}
