using System.Security.Cryptography;
using Decant.Server.Data;
using Decant.Server.Storage;
using Decant.Server.Storage.S3;
using Decant.Server.Tests.Fixture.Swift;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Storage;

/// <summary>What every storage does.</summary>
public abstract class StorageTests : IDisposable
{
    private const int PartBytes = 5 << 20;

    private readonly string _work = Directory.CreateTempSubdirectory("decant-storage-").FullName;

    private static DateTimeOffset Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1);

    [Fact]
    public async Task What_is_put_is_found_whole_and_no_longer_where_it_was()
    {
        var storage = await OpenAsync();
        foreach (var length in new[] { 0, 1, 1000, (2 * PartBytes) + 7 })
        {
            var (path, bytes) = Make(length);
            var key = StorageKey.New(7, "mp4");

            await storage.PutAsync(path, key, CancellationToken.None);

            Assert.False(File.Exists(path));
            Assert.Equal(bytes, await ReadAsync(storage, key, 0, length));
        }
    }

    [Fact]
    public async Task A_part_is_read_from_any_place()
    {
        var storage = await OpenAsync();
        var (path, bytes) = Make(100_000);
        var key = StorageKey.New(7, "mp4");
        await storage.PutAsync(path, key, CancellationToken.None);

        foreach (var (from, length) in new[] { (0, 1), (1, 99_999), (50_000, 100), (99_999, 1), (0, 100_000) })
        {
            Assert.Equal(bytes[from..(from + length)], await ReadAsync(storage, key, from, length));
        }
    }

    [Fact]
    public async Task Several_parts_are_read_of_one_that_was_opened_and_then_begun_and_deleted()
    {
        var storage = await OpenAsync();
        var (path, bytes) = Make(10_000);
        var key = StorageKey.New(7, "mp4");
        await storage.PutAsync(path, key, CancellationToken.None);
        await using var content = (await storage.OpenAsync(key, CancellationToken.None))!;

        Assert.Equal(bytes[..10], await ReadAsync(content, 0, 10));
        Assert.Equal(bytes[5000..5010], await ReadAsync(content, 5000, 10));
        await storage.DeleteAsync(key, CancellationToken.None);

        Assert.Null(await storage.OpenAsync(key, CancellationToken.None));
    }

    [Fact]
    public async Task Deleting_all_of_one_job_leaves_its_namesakes()
    {
        var storage = await OpenAsync();
        // 7 and 263 share a folder; 70 begins like 7.
        var keys = ((long[])[7, 7, 263, 70]).Select(id => StorageKey.New(id, "mp4")).ToList();
        foreach (var key in keys)
        {
            await storage.PutAsync(Make(3).Path, key, CancellationToken.None);
        }

        await storage.DeleteAllOfAsync(7, CancellationToken.None);

        var left = await storage.ListAsync(Tomorrow, CancellationToken.None).ToListAsync();
        Assert.Equal(keys[2..].Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_younger_than_asked_for_is_listed()
    {
        var storage = await OpenAsync();
        await storage.PutAsync(Make(3).Path, StorageKey.New(7, "mp4"), CancellationToken.None);

        Assert.Empty(
            await storage.ListAsync(TimeProvider.System.GetUtcNow().AddDays(-1), CancellationToken.None).ToListAsync()
        );
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_nothing()
    {
        var storage = await OpenAsync();

        await storage.DeleteAsync(StorageKey.New(1, "mp4"), CancellationToken.None);
        await storage.DeleteAllOfAsync(2, CancellationToken.None);
        await storage.TidyAsync(Tomorrow, CancellationToken.None);

        Assert.Null(await storage.OpenAsync(StorageKey.New(1, "mp4"), CancellationToken.None));
    }

    [Fact]
    public async Task A_put_that_is_broken_off_leaves_nothing()
    {
        var storage = await OpenAsync();
        var (path, _) = Make((4 * PartBytes) + 1);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            storage.PutAsync(path, StorageKey.New(7, "mp4"), stop.Token)
        );

        Assert.Empty(await storage.ListAsync(Tomorrow, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_storage_keeps_the_name_that_it_got_first()
    {
        var storage = await OpenAsync();

        Assert.Equal("first", await storage.IdentifyAsync("first", CancellationToken.None));
        Assert.Equal("first", await storage.IdentifyAsync("second", CancellationToken.None));
        Assert.Empty(await storage.ListAsync(Tomorrow, CancellationToken.None).Where(IsKey).ToListAsync());
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
        Directory.Delete(_work, recursive: true);
    }

    /// <returns>An empty one.</returns>
    private protected abstract Task<IStorage> OpenAsync();

    protected abstract void Close();

    private static bool IsKey(string key) => StorageKey.JobOf(key) is not null;

    private static async Task<byte[]> ReadAsync(IStorage storage, string key, long from, int length)
    {
        await using var content = (await storage.OpenAsync(key, CancellationToken.None))!;
        return await ReadAsync(content, from, length);
    }

    private static async Task<byte[]> ReadAsync(StoredContent content, long from, int length)
    {
        var bytes = new byte[length];
        var stream = await content.ReadAsync(from, length, CancellationToken.None);
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private (string Path, byte[] Bytes) Make(int length)
    {
        var path = Path.Combine(_work, Guid.NewGuid().ToString());
        var bytes = RandomNumberGenerator.GetBytes(length);
        File.WriteAllBytes(path, bytes);
        return (path, bytes);
    }

    public sealed class OnDisk : StorageTests
    {
        private readonly string _root = Directory.CreateTempSubdirectory("decant-storage-").FullName;
        private DataDirectory? _directory;

        private protected override Task<IStorage> OpenAsync()
        {
            _directory = new DataDirectory(_root);
            return Task.FromResult<IStorage>(new LocalStorage(_directory, Options.Create(new StorageOptions())));
        }

        protected override void Close()
        {
            _directory?.Dispose();
            Directory.Delete(_root, recursive: true);
        }
    }

    /// <summary>As a mounted network file system is: every put is a copy to another file system.</summary>
    public sealed class OnAnotherDisk : StorageTests
    {
        private readonly string _root = Directory.CreateTempSubdirectory("decant-storage-").FullName;
        private readonly string _files = Directory.CreateDirectory($"/dev/shm/decant-{Guid.NewGuid():N}").FullName;
        private DataDirectory? _directory;

        private protected override Task<IStorage> OpenAsync()
        {
            _directory = new DataDirectory(_root);
            return Task.FromResult<IStorage>(
                new LocalStorage(_directory, Options.Create(new StorageOptions { Path = _files }))
            );
        }

        protected override void Close()
        {
            _directory?.Dispose();
            Directory.Delete(_root, recursive: true);
            Directory.Delete(_files, recursive: true);
        }
    }

    public sealed class OnS3 : StorageTests
    {
        private S3Storage? _storage;

        private protected override async Task<IStorage> OpenAsync()
        {
            var settings = (await (await ObjectStorage.Server).CreateBucketAsync()).ToDictionary(
                one => one.Split('=')[0].Split(':')[^1],
                one => one.Split('=')[1]
            );
            _storage = new S3Storage(
                Options.Create(
                    new S3Options
                    {
                        Endpoint = settings["Endpoint"],
                        Bucket = settings["Bucket"],
                        Key = settings["Key"],
                        Secret = settings["Secret"],
                        Prefix = "decant/",
                        PartBytes = PartBytes,
                    }
                ),
                TimeProvider.System,
                NullLogger<S3Storage>.Instance
            );
            return _storage;
        }

        protected override void Close() => _storage?.Dispose();
    }
}
