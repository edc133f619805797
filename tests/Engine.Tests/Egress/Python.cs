using System.Diagnostics;
using Decant.Engine.Children;
using Decant.Engine.Egress;

namespace Decant.Engine.Tests.Egress;

/// <summary>Fetches the way the extractor does: yt-dlp's own networking, in the environment of a child.</summary>
internal static class Python
{
    private const string Script = """
        import hashlib, sys
        from yt_dlp import YoutubeDL
        from yt_dlp.networking.exceptions import RequestError
        proxy, url = sys.argv[1:]
        with YoutubeDL({'proxy': proxy, 'quiet': True, 'compat_opts': {'no-certifi'}}) as ydl:
            try:
                print(hashlib.sha256(ydl.urlopen(url).read()).hexdigest())
            except RequestError as e:
                print(e)
        """;

    /// <returns>The body's SHA-256, or what the extractor says went wrong.</returns>
    public static async Task<string> FetchAsync(EgressLease lease, Uri url, string? caBundle)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Script, lease.Proxy.ToString(), url.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in ChildEnvironment.Create(Path.GetTempPath()))
        {
            start.Environment[name] = value;
        }
        start.Environment["SSL_CERT_FILE"] = caBundle;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim();
    }
}
