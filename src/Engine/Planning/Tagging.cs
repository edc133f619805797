using System.Globalization;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Tags of a file.</summary>
internal static class Tagging
{
    /// <summary>A description goes into the file's header, which players read whole.</summary>
    private const int MaxLength = 4000;

    public static IReadOnlyList<Tag> Tags(ExtractionPlan plan)
    {
        var info = plan.Info;
        var music = info.Music;
        var tags = new List<Tag>();
        // A piece of music goes by its own name; a page's title has the performer and more in it.
        Add("title", plan.Request.Title ?? (plan.Request.Container.IsAudio ? info.Track : null) ?? info.Title);
        if (music.Artists.Count > 1 && plan.Request.Container.HasSeveralValues)
            foreach (var artist in music.Artists)
                Add("artist", artist);
        else
            Add("artist", info.Artist ?? info.Uploader);
        Add("album", info.Album);
        Add("album_artist", music.AlbumArtist);
        Add("composer", music.Composer);
        Add("genre", music.Genre);
        Add("date", music.Released ?? info.UploadDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        AddPlace("track", music.Track);
        AddPlace("disc", music.Disc);
        Add(plan.Request.Container.IsrcTag, music.Isrc);
        // Where the sound was really had, which is not always the page that was asked for.
        Add(plan.Request.Container.SourceTag, (info.Match?.Url ?? EntryAddress.PageOf(info.PageUrl)).AbsoluteUri);
        Add("description", info.Description);
        return tags;

        // Of Vorbis comments the total has a field of its own.
        void AddPlace(string name, string? place)
        {
            if (plan.Request.Container.HasVorbisComments && place?.Split('/') is [var number, var total])
            {
                Add(name, number);
                Add($"{name}total", total);
            }
            else
                Add(name, place);
        }

        void Add(string name, string? value)
        {
            var clean = value is null ? "" : Clean(value);
            if (clean.Length > 0)
                tags.Add(new(name, clean));
        }
    }

    /// <summary>The site's chapters, where there is more than one: a single chapter says nothing.</summary>
    public static IReadOnlyList<Chapter> Chapters(ExtractionPlan plan, Cut? cut)
    {
        if (plan.Info.Chapters.Count < 2)
            return [];
        var from = cut?.Start ?? TimeSpan.Zero;
        var length = cut?.Length ?? TimeSpan.MaxValue;
        return
        [
            .. plan
                .Info.Chapters.Where(chapter => chapter.End > from && chapter.Start - from < length)
                .Select(chapter => new Chapter(
                    chapter.Start > from ? chapter.Start - from : TimeSpan.Zero,
                    chapter.End - from < length ? chapter.End - from : length,
                    Clean(chapter.Title)
                )),
        ];
    }

    /// <summary>The value of bounded length, without control characters (a NUL would end the process argument) and halves of surrogate pairs.</summary>
    private static string Clean(string value)
    {
        var kept = value.WithoutControls(kept: "\n\t").Trim();
        if (kept.Length <= MaxLength)
            return kept;
        return kept[..(char.IsHighSurrogate(kept[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
