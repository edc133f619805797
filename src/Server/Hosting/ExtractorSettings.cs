using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Extractor</c>.</summary>
internal sealed class ExtractorSettings : IValidatableObject
{
    private static readonly string Packaged = Path.Combine(AppContext.BaseDirectory, "extractor");

    /// <summary>Directory with a <c>yt_dlp</c> package that goes before the machine's own; null is <c>extractor</c> beside the program, which an installed package has.</summary>
    public string? Folder { get; set; }

    /// <summary>Interval at which the extractor's files are checked for replacement.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The extractor starts with the server rather than with the first look-up; a server that is seldom asked saves its memory without.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>Unix socket at which a warm server looks pages up for <c>decant get</c> and <c>decant info</c> of the same user and with the same <c>Egress</c> settings; <c>none</c> for no socket. Null is <c>decant/look-ups</c> in <c>$XDG_RUNTIME_DIR</c>, else <c>look-ups</c> in the user's cache directory, for <c>decant serve</c>.</summary>
    public string? LookUpSocket { get; set; }

    /// <summary>Absolute; null for none.</summary>
    public string? FullLookUpSocket =>
        string.IsNullOrEmpty(LookUpSocket) || LookUpSocket == "none" ? null : Path.GetFullPath(LookUpSocket);

    /// <summary>Absolute; null for the machine's own.</summary>
    public string? FullFolder =>
        !string.IsNullOrEmpty(Folder) ? Path.GetFullPath(Folder)
        : HasExtractor(Packaged) ? Packaged
        : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FullFolder is { } folder && !HasExtractor(folder))
        {
            yield return new(
                $"there is no yt_dlp package in '{folder}'; this brings one: /usr/bin/python3 -m pip install --target '{folder}' 'yt-dlp[default]'",
                [nameof(Folder)]
            );
        }
    }

    private static bool HasExtractor(string folder) => File.Exists(Path.Combine(folder, "yt_dlp", "version.py"));
}
