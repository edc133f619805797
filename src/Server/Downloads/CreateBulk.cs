using Decant.Engine.Errors;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Views;
using Decant.Server.Platforms;
using Decant.Server.Presets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Downloads;

/// <summary><c>POST …/bulk-download</c>.</summary>
internal static class CreateBulk
{
    private const int MostEntries = 50;

    public static async Task<Ok<BulkAnswer>> HandleAsync(
        BulkRequest request,
        HttpContext context,
        DownloadReading reading,
        MediaSearch search,
        JobIntake intake,
        JobViews views,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var asker = Asker.Of(account);
        var presets = await reading.PresetsOfAsync(request, account, cancellationToken);
        var entries = Read(request, presets, reading);
        using var turns = new LookUpTurns();
        var outcomes = await MediaSearch.FindEachAsync(
            entries,
            (entry, token) =>
                entry.Refusal is { } refusal ? throw refusal : search.FindAsync(entry.Download!, asker, turns, token),
            cancellationToken
        );
        var findings = Findings.Join(outcomes, index => entries[index].Request.Url!);
        var batchId = Guid.CreateVersion7();
        var answer = await intake.AcceptAsync(
            new Acceptance(context.GetCaller(), findings.Media) { BatchId = batchId, Named = context.GetNamed() },
            jobs => Answer(findings, batchId, [.. jobs.Select(job => views.Show(job, context.Request))]),
            cancellationToken
        );
        return TypedResults.Ok(answer);
    }

    private static BulkAnswer Answer(Findings findings, Guid batchId, IReadOnlyList<JobView> jobs) =>
        new()
        {
            BatchId = batchId,
            Jobs = jobs,
            EstimatedCredits = findings.Credits,
            Errors = findings.Errors,
            Message =
                jobs.Count == 1
                    ? "1 download job created successfully"
                    : $"{jobs.Count} download jobs created successfully",
        };

    /// <summary>A contradiction in any entry refuses the whole request, naming all of them; a URL that is none is for the look-up to report.</summary>
    private static List<Entry> Read(BulkRequest request, PresetPage presets, DownloadReading reading)
    {
        if (request.Downloads is not { Count: > 0 and <= MostEntries } downloads)
        {
            throw ApiException.Invalid(
                "downloads",
                $"The field downloads has {request.Downloads?.Count ?? 0} entries; 1 to {MostEntries} are allowed."
            );
        }

        var errors = new Dictionary<string, string[]>();
        var entries = new List<Entry>();
        for (var index = 0; index < downloads.Count; index++)
        {
            var entry = request.Complete(downloads[index] ?? new DownloadRequest());
            try
            {
                entries.Add(new Entry(entry, reading.Read(entry, presets, isPublic: false), null));
            }
            catch (MediaException exception) when (exception.Error == MediaError.InvalidUrl)
            {
                entries.Add(new Entry(entry, null, exception));
            }
            catch (MediaException exception)
            {
                errors[$"downloads[{index}].{exception.Field ?? "url"}"] = [exception.Message];
            }
            catch (ApiException exception)
                when (exception.Figures["errors"] is IReadOnlyDictionary<string, string[]> own)
            {
                foreach (var (field, messages) in own)
                {
                    errors[$"downloads[{index}].{field}"] = messages;
                }
            }
        }

        if (entries.Sum(entry => entry.Download?.Entries.Named ?? 0) > EntryPick.MostEntries)
        {
            errors["downloads"] = [$"Together they pick more than {EntryPick.MostEntries} entries of lists."];
        }

        return errors.Count == 0 ? entries : throw ApiException.Invalid(errors);
    }

    /// <param name="Request">Request as it came, with the batch's defaults.</param>
    /// <param name="Download">Download that the request describes.</param>
    /// <param name="Refusal">Refusal of its URL, in place of a download.</param>
    private sealed record Entry(DownloadRequest Request, Download? Download, MediaException? Refusal);
}
