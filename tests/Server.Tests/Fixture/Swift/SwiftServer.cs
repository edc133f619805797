using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;

namespace Decant.Server.Tests.Fixture.Swift;

/// <summary>Debian's Swift with its S3 interface, on a directory of its own. It ends with the run, also where that is killed: its standard input ends then.</summary>
public sealed class SwiftServer : IAsyncDisposable
{
    public const string Key = "test:tester";
    public const string Secret = "testing";

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-swift-").FullName;
    private Process? _process;
    private int _buckets;

    private SwiftServer() { }

    public int Port { get; private set; }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public static async Task<SwiftServer> StartAsync()
    {
        var server = new SwiftServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>On the same port, with what it had.</summary>
    public async Task StartAgainAsync()
    {
        _process = Process.Start(
            new ProcessStartInfo(
                "setsid",
                [
                    "/usr/bin/python3",
                    Path.Combine(AppContext.BaseDirectory, "Fixture", "Swift", "swift_in_one.py"),
                    _directory,
                    Port.ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        Port = int.TryParse(await _process.StandardOutput.ReadLineAsync(), CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new InvalidOperationException("Swift did not start; its messages are on standard error.");
    }

    /// <summary>As a machine that is switched off.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <returns>Settings of a server that keeps its files in a new, empty bucket.</returns>
    public async Task<string[]> CreateBucketAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bucket-{Interlocked.Increment(ref _buckets)}");
        using var client = Connect();
        await client.PutBucketAsync(name);
        return
        [
            $"Storage:S3:Endpoint={Endpoint}",
            $"Storage:S3:Bucket={name}",
            $"Storage:S3:Key={Key}",
            $"Storage:S3:Secret={Secret}",
        ];
    }

    /// <returns>The keys in a bucket, but for the one that says which storage it is.</returns>
    public async Task<IReadOnlyList<string>> KeysInAsync(IEnumerable<string> settings)
    {
        const string setting = "Storage:S3:Bucket=";
        var bucket = settings.Single(one => one.StartsWith(setting, StringComparison.Ordinal))[setting.Length..];
        using var client = Connect();
        var found = await client.ListObjectsV2Async(new() { BucketName = bucket });
        return [.. (found.S3Objects ?? []).Select(one => one.Key).Where(key => key[0] != '.')];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private AmazonS3Client Connect() =>
        new(
            Key,
            Secret,
            new AmazonS3Config
            {
                ServiceURL = Endpoint,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            }
        );
}
