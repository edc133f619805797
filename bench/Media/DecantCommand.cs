using Decant.Lab;

namespace Decant.Bench.Media;

/// <summary><c>decant get</c>: a process of its own for each medium, cold.</summary>
/// <param name="program">Path of the program.</param>
/// <param name="lab">The internet it sees, where platforms are asked for.</param>
internal sealed class DecantCommand(string program, LabInternet? lab = null) : IContestant
{
    public string Name => "decant get";

    public bool Takes(Work work) => work.Count == 1;

    public async Task<IReadOnlyList<string>> GetAsync(
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(folder, $"medium.{work.Format}");
        string[] quality = work.Quality is { } asked ? ["-q", asked] : [];
        await Command.RunAsync(
            program,
            [
                "get",
                media[0].ToString(),
                "-f",
                work.Format,
                .. quality,
                "-o",
                file,
                .. lab is null
                    ? (string[])["--allow-network", "127.0.0.0/8"]
                    : ["--proxy", lab.Proxy.ToString(), "--ca-file", lab.CaFile],
            ],
            cancellationToken
        );
        return [file];
    }
}
