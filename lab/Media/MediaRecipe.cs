using System.Security.Cryptography;
using System.Text;

namespace Decant.Lab.Media;

/// <summary>How one file (or one directory of segments) of the catalogue is made.</summary>
/// <param name="Name">Name in the catalogue; for a single file also its extension.</param>
/// <param name="Needs">Other recipes whose files this one reads.</param>
/// <param name="Version">Changes whenever the outcome would, so that an old cache is not mistaken for a new one.</param>
/// <param name="MakeAsync">Writer of the outcome to the path it is given.</param>
internal sealed record MediaRecipe(
    string Name,
    IReadOnlyList<string> Needs,
    string Version,
    Func<RecipeRun, CancellationToken, Task> MakeAsync
)
{
    /// <summary>The file in the directory that clients open first; null where the outcome is a single file.</summary>
    public string? Entry { get; init; }

    /// <summary>False for what ffprobe had better not open.</summary>
    public bool IsProbed { get; init; } = true;

    /// <summary>Made in a fraction of a second: nothing is gained by making it before it is asked for.</summary>
    public bool IsQuick { get; init; }

    /// <summary>What ffmpeg is told. <c>{name}</c> stands for the file of another recipe, <c>{out}</c> for the outcome.</summary>
    public static MediaRecipe Ffmpeg(string name, IReadOnlyList<string> needs, IReadOnlyList<string> arguments) =>
        new(
            name,
            needs,
            string.Join('\n', arguments),
            (run, cancellationToken) => FfmpegProcess.RunAsync(run.Fill(arguments), cancellationToken)
        );

    /// <summary>The same from one line, for arguments without spaces in them; names are filled in after it is split.</summary>
    public static MediaRecipe Ffmpeg(string name, IReadOnlyList<string> needs, string line) =>
        Ffmpeg(name, needs, line.Split(' '));

    /// <summary>Copies streams out of other files, told again and again until the length is reached: a fraction of a second whatever the length.</summary>
    public static MediaRecipe Copy(
        string name,
        IReadOnlyList<string> needs,
        int seconds,
        string options = "",
        string output = "{out}"
    ) =>
        Ffmpeg(
            name,
            needs,
            string.Join(' ', needs.Select(need => $"-stream_loop -1 -i {{{need}}}"))
                + (
                    options.Length == 0
                        ? $" -t {seconds} -c copy {output}"
                        : $" -t {seconds} -c copy {options} {output}"
                )
        ) with
        {
            IsQuick = true,
        };

    public string Key(Func<string, MediaRecipe> find)
    {
        var text = string.Join('\n', [Version, .. Needs.Select(need => find(need).Key(find))]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 5));
    }
}
