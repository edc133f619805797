using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Web;

/// <summary>A server with a built page of a few files, compressed beside themselves as the build leaves them.</summary>
public sealed class WebPageServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decant-web-");

    public DecantServer Server { get; private set; } = null!;

    /// <summary>Content of the script as a client sees it that does not decode.</summary>
    public static string Script(string? encoding) => encoding is null ? "plain()" : $"as {encoding}";

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "index.html"),
            "<!doctype html><title>Decant</title>"
        );
        var assets = _folder.CreateSubdirectory("assets").FullName;
        await File.WriteAllTextAsync(Path.Combine(assets, "index-abc123.js"), Script(null));
        // Other texts than the compressed one: the test sees which file was sent.
        await File.WriteAllTextAsync(Path.Combine(assets, "index-abc123.js.br"), Script("br"));
        await File.WriteAllTextAsync(Path.Combine(assets, "index-abc123.js.gz"), Script("gzip"));
        Server = await DecantServer.StartAsync<Sqlite>($"Web:Folder={_folder.FullName}");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
