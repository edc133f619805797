using Decant.Server.Data;
using Decant.Server.Storage;

namespace Decant.Server.Tests.Storage;

public sealed class LocalStorageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("decant-storage-").FullName;
    private readonly DataDirectory _directory;
    private readonly LocalStorage _storage;

    public LocalStorageTests()
    {
        _directory = new DataDirectory(_root);
        _storage = new LocalStorage(_directory);
    }

    [Fact]
    public async Task What_is_put_is_found_whole_and_no_longer_where_it_was()
    {
        var path = await MakeAsync("one");
        var key = LocalStorage.NewKey(7, "mp4");

        await _storage.PutAsync(path, key, CancellationToken.None);

        Assert.False(File.Exists(path));
        Assert.Equal("one", await File.ReadAllTextAsync(_storage.Find(key)!.FullName));
    }

    [Fact]
    public async Task Deleting_all_of_one_job_leaves_its_namesakes()
    {
        // 7 and 263 share a folder; 70 begins like 7.
        var keys = ((long[])[7, 263, 70]).Select(id => LocalStorage.NewKey(id, "mp4")).ToList();
        foreach (var key in keys)
        {
            await _storage.PutAsync(await MakeAsync(key), key, CancellationToken.None);
        }

        _storage.DeleteAllOf(7);

        Assert.Equal([false, true, true], keys.Select(key => _storage.Find(key) is not null));
    }

    [Fact]
    public void Deleting_what_is_not_there_is_nothing()
    {
        _storage.Delete(LocalStorage.NewKey(1, "mp4"));
        _storage.DeleteAllOf(2);
    }

    [Fact]
    public void No_two_keys_are_alike() =>
        Assert.NotEqual(LocalStorage.NewKey(1, "mp4"), LocalStorage.NewKey(1, "mp4"));

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task<string> MakeAsync(string text)
    {
        var path = Path.Combine(_directory.Folder("work"), Guid.NewGuid().ToString());
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
