using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Guide;

/// <summary>A directory of its own in which the programs of a page are run.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-guide-");

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <returns>What the program printed; it ended well.</returns>
    public async Task<string> RunAsync(
        DecantServer server,
        string hook,
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _directory.FullName,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["DECANT_URL"] = server.Http.BaseAddress!.AbsoluteUri.TrimEnd('/'),
                    ["DECANT_KEY"] = DecantServer.Key,
                    ["DECANT_HOOK"] = hook,
                    ["PYTHONPATH"] = Path.Combine(Repository.Root, "clients", "python", "src"),
                    ["PYTHONDONTWRITEBYTECODE"] = "1",
                },
            }
        )!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, $"It ended with {process.ExitCode}: {await errors}\nafter\n{output}");
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
