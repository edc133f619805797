using System.Runtime.ExceptionServices;
using Decant.Engine.Errors;
using Decant.Server.Jobs.Intake;

namespace Decant.Server.Downloads;

/// <summary>Findings of look-ups: media that can be had, and entries that cannot.</summary>
internal sealed record Findings(IReadOnlyList<FoundMedium> Media, IReadOnlyList<EntryError> Errors)
{
    /// <summary>Cost of all of it, in credits.</summary>
    public long Credits => Media.Sum(medium => medium.Price.Credits);

    /// <summary>The URL was a list's.</summary>
    public bool IsList => Media.Any(medium => medium.PlaylistIndex is not null);

    /// <param name="outcomes">Outcomes, one for each entry that was looked up, in order.</param>
    /// <param name="urlOf">The URL of an entry, as it was given.</param>
    /// <exception cref="MediaException">The first failure, where there is nothing else.</exception>
    public static Findings Join(IReadOnlyList<Outcome> outcomes, Func<int, string> urlOf)
    {
        var media = outcomes.SelectMany(outcome => outcome.Findings?.Media ?? []).ToList();
        if (media.Count == 0 && outcomes.Select(outcome => outcome.Failure).FirstOrDefault() is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        var errors = outcomes.SelectMany(
            (outcome, index) =>
                outcome.Failure is { } failure
                    ? [new EntryError(index, urlOf(index), failure.Error.Code, failure.Message)]
                    // A request that is a list tells of its entries under its own number, and theirs.
                    : outcome.Findings!.Errors.Select(error => error with { Index = index })
        );
        return new Findings(media, [.. errors]);
    }
}

/// <summary>Outcome of a look-up: findings or a failure.</summary>
internal readonly record struct Outcome(Findings? Findings, MediaException? Failure);

/// <summary>An entry that could not be looked up.</summary>
/// <param name="Index">Place in the request, from 0.</param>
/// <param name="Url">URL as it was given.</param>
/// <param name="Code">Code of the error table.</param>
/// <param name="Message">Text for a person.</param>
/// <param name="PlaylistIndex">Place of the medium in its list, from 1; null where the URL of the request itself is at fault.</param>
internal sealed record EntryError(int Index, string Url, string Code, string Message, int? PlaylistIndex = null);
