namespace Decant.Bench;

/// <summary><c>decant get</c>: a process of its own for each medium, cold.</summary>
internal sealed class DecantCommand(string program, Uri medium, string format) : IContestant
{
    public async Task<string> GetAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, $"medium.{format}");
        await Command.RunAsync(
            program,
            ["get", medium.ToString(), "-f", format, "-o", file, "--allow-network", "127.0.0.0/8"],
            cancellationToken
        );
        return file;
    }
}
