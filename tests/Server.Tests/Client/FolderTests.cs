using System.Security.Cryptography;
using Decant.Client;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Client;

/// <summary>A folder to download to, of each test's own.</summary>
public abstract class FolderTests(DecantServer server) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-client-");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected DecantServer Server { get; } = server;

    protected string Folder => _directory.FullName;

    protected DownloadOptions Here => new() { Path = Folder };

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Checksum of the file as the server sends it.</summary>
    protected async Task<byte[]> SentAsync(Job job) =>
        SHA256.HashData(await Server.Public.GetByteArrayAsync($"{job.DownloadUrl!.PathAndQuery}", Stop));

    /// <summary>Checksum of the file as it lies on the disk.</summary>
    protected static async Task<byte[]> FileAsync(string path) =>
        SHA256.HashData(await File.ReadAllBytesAsync(path, Stop));
}

/// <summary>Test classes that share one server.</summary>
[CollectionDefinition]
public sealed class ClientServers<TDatabase> : ICollectionFixture<ServerOn<TDatabase>>
    where TDatabase : ITestDatabase;
