using Decant.Cli.Output;
using Decant.Cli.Progress;
using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Cli.Getting;

/// <summary>A <c>decant get</c>, read and checked.</summary>
internal sealed record GetRequest
{
    public required IReadOnlyList<Uri> Urls { get; init; }
    public required ItemPick Items { get; init; }

    /// <summary>Path of the archive of what was fetched before; null for none.</summary>
    public string? ArchivePath { get; init; }

    /// <summary>Media that are fetched at once, where there are several.</summary>
    public required int AtOnce { get; init; }
    public required OutputRequest Output { get; init; }
    public required LiveOptions Recording { get; init; }
    public required Destination Destination { get; init; }

    /// <summary>Report as JSON rather than as the file's path, and progress likewise.</summary>
    public bool Json { get; init; }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(MediaEngine engine, CancellationToken cancellationToken)
    {
        var archive = ArchivePath is { } path ? new FetchedArchive(path) : null;
        if (Urls is not [var url])
        {
            EnsureSeveralFit();
            return await SeveralAsync(
                engine,
                archive,
                [.. Urls.Select(one => new Target(one, null))],
                cancellationToken
            );
        }

        var info = await Recording.LookUpAsync(engine, url, cancellationToken);
        if (info.Entries is { } entries)
        {
            EnsureSeveralFit();
            foreach (var pick in Items.Beyond(entries.Max(entry => (int?)entry.Index) ?? 0))
            {
                await Console.Error.WriteLineAsync(
                    $"decant: --items {pick} reaches beyond the list, which has {entries.Count} entries"
                );
            }

            return await SeveralAsync(
                engine,
                archive,
                [
                    .. entries
                        .Where(entry => Items.Has(entry.Index))
                        .Select(entry => new Target(entry.Url, entry.Title)
                        {
                            Entry = entry,
                            Platform = info.Platform,
                        }),
                ],
                cancellationToken
            );
        }

        if (archive?.Has(info) == true)
        {
            await Console.Error.WriteLineAsync($"decant: '{info.Title}' was fetched before, as the archive says");
            return ExitCode.Done;
        }

        var fetch = new MediumFetch(this, engine);
        var report = await ProgressDisplays
            .Choose(Json)
            .ShowAsync(progress => fetch.RunAsync(url, info, progress, cancellationToken));
        archive?.Add(info);
        if (!Destination.IsStandardOutput)
        {
            await Console.Out.WriteLineAsync(Json ? ReportJson.Write(report) : report.Path);
        }

        return ExitCode.Done;
    }

    private Task<int> SeveralAsync(
        MediaEngine engine,
        FetchedArchive? archive,
        IReadOnlyList<Target> targets,
        CancellationToken cancellationToken
    ) =>
        targets.Count > 0
            ? new GetSeveral(this, engine, archive).RunAsync(targets, cancellationToken)
            : throw new MediaException(MediaError.InvalidRequest, "--items picks none of the list's entries");

    private void EnsureSeveralFit()
    {
        if (Destination.IsStandardOutput || Destination.File is not null)
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                "several media need a directory to go to: name an existing one with -o, or none for the current one"
            )
            {
                Field = "output",
            };
        }
    }
}

/// <param name="Url">The address.</param>
/// <param name="Title">Title of the entry, where a list says it.</param>
internal sealed record Target(Uri Url, string? Title)
{
    /// <summary>The list's entry; null for an address that was typed.</summary>
    public PlaylistEntry? Entry { get; init; }

    /// <summary>Platform of the list.</summary>
    public Platform? Platform { get; init; }

    public string Name => Title ?? Url.ToString();
}
