using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Decant.Engine.Tests.Extracting.YtDlp;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Sandbox;

/// <summary>The program as operators run it, with a hostile program in ffmpeg's place, one for a JavaScript runtime, and a hostile extractor.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class TakenServer : IAsyncLifetime
{
    /// <summary>Given to the server by its environment.</summary>
    public const string Secret = "DECANT_HOSTILE_SECRET";

    /// <summary>A folder of the system's, which every run reads; in the server's view of the machine it is ours.</summary>
    private const string Readable = "/usr/local/games";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decant-taken-");
    private readonly HeardLog _log = new();
    private DecantServer _server = null!;
    private ExtractorCopy _copy = null!;

    internal ServerProcess Process { get; private set; } = null!;

    public string DataDirectory => _server.DataDirectory;

    public Uri InternalService => _server.Lab.InternalService.Url;

    public int InternalHits => _server.Lab.InternalService.Hits;

    private string Rows => Path.Combine(_folder.FullName, "rows");

    private string Program => Path.Combine(_folder.FullName, "ffmpeg");

    private string Runtime => Path.Combine(_folder.FullName, "deno");

    public string Origin(string path) => _server.Origin(path);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Rows);
        await CompiledProgram.MakeAsync("hostile_ffmpeg.c", "-o", Program);
        await CompiledProgram.MakeAsync("hostile_ffmpeg.c", "-o", Runtime);
        // A runtime starts as the run's own user, for whom it must be there.
        foreach (var entry in new[] { _folder.FullName, Rows, Program, Runtime })
        {
            File.SetUnixFileMode(entry, (UnixFileMode)0x1ED);
        }

        _copy = new ExtractorCopy("2099.1.4");
        await CompiledProgram.MakeAsync("hostile.c", "-shared", "-fPIC", "-o", _copy.At("hostile.so"));
        _copy.TakeOver(TakenExtractor());
        _server = await DecantServer.PrepareAsync<Sqlite>(
            $"Extractor:Folder={_copy.Folder}",
            $"JavaScript:Runtime={Runtime}",
            $"JavaScript:Folder={Path.Combine(Repository.Root, "artifacts", "javascript")}",
            "Limits:MaxBytes=10000000",
            "Sandbox:MaxIdle=00:00:02",
            "Jobs:RetryDelays:0=00:00:00.1",
            "Extractor:WarmUp=true"
        );
        Process = await ServerProcess.StartAsync(
            _server.Arguments,
            new Dictionary<string, string> { [Secret] = "x" },
            log: _log.Hear,
            within:
            [
                "unshare",
                "--mount",
                .. Environment.IsPrivilegedProcess ? (string[])[] : ["--user", "--map-root-user"],
                "sh",
                "-c",
                $"mount --bind {Program} /usr/bin/ffmpeg && mount --bind {Rows} {Readable} && exec \"$@\"",
                "sh",
            ]
        );
    }

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        await _server.DisposeAsync();
        _copy.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Tells the programs what to do from now on.</summary>
    /// <param name="mode"><c>rows</c>, <c>spin</c>, <c>eat</c>, <c>fork</c> or <c>sleep</c>.</param>
    /// <param name="rows">What is tried.</param>
    public async Task TellAsync(string mode, IEnumerable<HostileRow>? rows = null)
    {
        _log.Clear();
        // One after the other: a program that starts meanwhile reads the whole of either.
        var written = Path.Combine(_folder.FullName, "written");
        await File.WriteAllLinesAsync(written, [mode, .. (rows ?? []).Select(row => $"{row.Row} {row.Target}")]);
        File.Move(written, Path.Combine(Rows, "rows"), overwrite: true);
    }

    /// <returns>What the program in ffmpeg's place said it could do: <c>x</c> or <c>-</c> for each row.</returns>
    public async Task<string> SaidByProgramAsync() =>
        Said().Match(await _log.LineAsync("HOSTILE ")).Groups["said"].Value;

    /// <returns>The server's fork server's name.</returns>
    public async Task<string> ForkServerNameAsync()
    {
        foreach (var task in Directory.EnumerateDirectories($"/proc/{Process.Id}/task"))
        {
            var children = await File.ReadAllTextAsync($"{task}/children");
            foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var environment = (await File.ReadAllTextAsync($"/proc/{child}/environ")).Split('\0');
                const string Name = "FORKSERVER_SOCKET=";
                if (environment.FirstOrDefault(one => one.StartsWith(Name, StringComparison.Ordinal)) is { } found)
                {
                    return found[Name.Length..];
                }
            }
        }

        throw new InvalidOperationException("There is no fork server.");
    }

    private string TakenExtractor() =>
        $"""
            if 'hostile' not in url:
                return original(self, url)
            import ctypes, os, subprocess
            if 'runtime' in url:
                from yt_dlp.extractor.youtube.jsc._builtin import deno
                ran = deno.Popen(['{Runtime}', 'run'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                said = ran.communicate()[0].decode().split()[1]
            elif 'spin' in url:
                while True: pass
            elif 'eat' in url:
                kept = []
                while True: kept.append(bytearray(1 << 20))
            else:
                library = ctypes.CDLL('{_copy.At("hostile.so")}')
                attempt = getattr(library, 'try')
                attempt.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
                rows = [line.encode() for line in open('{Readable}/rows').read().splitlines()[1:]]
                said = ''.join('x' if attempt(row, row[3:]) else '-' for row in rows)
            # The server looks into what is found.
            return dict(id='x', title=said, url=url.split('/page/')[0] + '/media/small.mp4', ext='mp4')
            """;

    [GeneratedRegex("HOSTILE (?<said>[x-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();
}

/// <param name="Words">What is tried.</param>
/// <param name="Row">How <c>hostile.c</c> is told so.</param>
/// <param name="Target">At what.</param>
/// <param name="IsItsOwn">It may.</param>
public sealed record HostileRow(string Words, string Row, string Target, bool IsItsOwn = false);
