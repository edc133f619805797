using System.Globalization;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Converting;

/// <summary>A conversion plan in ffmpeg's words. The only place that knows both.</summary>
internal static class FfmpegArguments
{
    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="inputs">The fetched files, in the plan's order: paths, or addresses of our own relays.</param>
    /// <param name="coverArt">A JPEG for the container's cover; null for none.</param>
    /// <param name="labels">A file of <see cref="Labels"/>; null for none.</param>
    /// <param name="output">Path of the file to write; it must not exist.</param>
    /// <param name="subtitles">Files of SubRip for the plan's subtitles, in its order; null for none.</param>
    /// <param name="loudness">Loudness that the first pass measured; null where the sound stays as loud as it is.</param>
    public static IReadOnlyList<string> Build(
        ConversionPlan plan,
        IReadOnlyList<string> inputs,
        string? coverArt,
        string? labels,
        string output,
        IReadOnlyList<string>? subtitles = null,
        Loudness? loudness = null
    )
    {
        var picture = plan.Container.CoverArt == CoverArtPlace.AttachedPicture ? coverArt : null;
        List<string> arguments =
        [
            "-hide_banner",
            "-nostdin",
            "-nostats",
            // At its end it says of each stream how many packets it read and wrote.
            "-v",
            "level+verbose",
            "-progress",
            "pipe:1",
            "-stats_period",
            "0.25",
            "-y",
        ];
        foreach (var (index, input) in inputs.Index())
            arguments.AddRange([
                .. Seek(plan, index),
                .. plan.WithoutAllTimes.Contains(index) ? (string[])["-fflags", "+genpts"] : [],
                .. Demuxers.ForOneOfSeveral(input),
                "-max_pixels",
                MaxPixels,
                "-i",
                Demuxers.Url(input),
            ]);
        if (picture is not null)
            arguments.AddRange([.. Demuxers.ForPicture, "-f", "jpeg_pipe", "-i", Demuxers.FileUrl(picture)]);

        var labelled = Text(inputs.Count + (picture is null ? 0 : 1));
        if (labels is not null)
            arguments.AddRange([.. Demuxers.ForLabels, "-i", Demuxers.FileUrl(labels)]);

        var written = inputs.Count + (picture is null ? 0 : 1) + (labels is null ? 0 : 1);
        foreach (var file in subtitles ?? [])
            arguments.AddRange([.. Demuxers.ForSubtitles, "-i", Demuxers.FileUrl(file)]);

        foreach (var stream in plan.Streams)
            arguments.AddRange(["-map", $"{stream.Input}:{stream.Index}"]);
        if (picture is not null)
            arguments.AddRange(["-map", $"{inputs.Count}:v:0"]);
        for (var index = 0; index < plan.Subtitles.Count; index++)
            arguments.AddRange(["-map", $"{Text(written + index)}:s:0"]);

        // Chapters stay with their medium; other tags of the source's file are not ours to vouch for. Without its ":g"
        // the option would take the chapters' titles, too, and without ":s" an Ogg file has its source's title for ours.
        arguments.AddRange(["-map_metadata:g", labels is null ? "-1" : labelled, "-map_metadata:s", "-1"]);
        arguments.AddRange(["-map_chapters", plan.Chapters.Count == 0 ? "0" : labelled]);
        foreach (var tag in SeveralValues.Spelt(plan).GroupBy(tag => tag.Name, tag => tag.Value))
            arguments.AddRange([
                "-metadata",
                $"{tag.Key}={string.Join(SeveralValues.Joint(plan.Container, tag.Key), tag)}",
            ]);
        foreach (var stream in plan.Streams)
            arguments.AddRange([.. Treat(stream.Treatment, loudness), .. LanguageOf(stream, plan.Container)]);
        for (var index = 0; index < plan.Subtitles.Count; index++)
            arguments.AddRange(Subtitle(plan.Subtitles[index], index, plan.Container));
        if (plan.Cut?.Length is { } length)
            arguments.AddRange(["-t", Seconds(length)]);
        arguments.AddRange(Cover(plan, picture, coverArt));
        // Packets of a sparse stream may come late without the muxer giving up.
        arguments.AddRange(["-max_muxing_queue_size", "4096"]);
        arguments.AddRange([
            .. Index(plan),
            .. plan.Container.MuxerOptions,
            .. Id3Frames.Options(plan),
            "-f",
            plan.Container.Muxer,
            Demuxers.FileUrl(output),
        ]);
        return arguments;
    }

    private static string[] Index(ConversionPlan plan) =>
        !plan.Container.HasIndexFirst ? []
        : plan.IndexRoom is { } room ? ["-moov_size", room.ToString(CultureInfo.InvariantCulture)]
        : ["-movflags", "+faststart"];

    private static string[] LanguageOf(PlannedStream stream, Container container) =>
        stream.Language is { } language
            ? ["-metadata:s:a:0", $"language={LanguageTag.ThreeLetters(language, container.OldLanguageCodes)}"]
            : [];

    private static IEnumerable<string> Subtitle(PlannedSubtitle subtitle, int index, Container container) =>
        [
            $"-c:s:{Text(index)}",
            subtitle.Codec,
            $"-metadata:s:s:{Text(index)}",
            $"language={LanguageTag.ThreeLetters(subtitle.Language, container.OldLanguageCodes)}",
            .. subtitle.IsAutomatic ? (string[])[$"-metadata:s:s:{Text(index)}", "title=Automatic captions"] : [],
        ];

    /// <summary>Limit of a picture's pixels: more than 8K (7680 × 4320), less than what a crafted header could ask memory for.</summary>
    private const string MaxPixels = "40000000";

    /// <summary>ffmpeg begins each input at its own beginning: what begins later than the others, or too early, must be told so.</summary>
    private static string[] Seek(ConversionPlan plan, int input) =>
        plan.StartIn(input) is var start && start < TimeSpan.Zero ? ["-itsoffset", Seconds(-start)]
        : plan.Cut is null && start == TimeSpan.Zero ? []
        : ["-ss", Seconds(start)];

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The first of two passes: how loud the planned sound is.</summary>
    public static IReadOnlyList<string> BuildMeasure(
        ConversionPlan plan,
        PlannedStream sound,
        double target,
        IReadOnlyList<string> inputs
    ) =>
        [
            "-hide_banner",
            "-nostdin",
            "-nostats",
            "-v",
            "info",
            "-progress",
            "pipe:1",
            .. Seek(plan, sound.Input),
            .. Demuxers.For(inputs[sound.Input]),
            "-i",
            Demuxers.Url(inputs[sound.Input]),
            "-map",
            $"0:{sound.Index}",
            .. plan.Cut?.Length is { } length ? (string[])["-t", Seconds(length)] : [],
            "-af",
            Loudness.MeasureFilter(target),
            "-f",
            "null",
            "-",
        ];

    /// <summary>A text stream of a source as a file of SubRip.</summary>
    public static IReadOnlyList<string> BuildSubtitles(string input, int stream, string output) =>
        [
            "-hide_banner",
            "-nostdin",
            "-nostats",
            "-v",
            "level+error",
            "-y",
            .. Demuxers.For(input),
            "-i",
            Demuxers.Url(input),
            "-map",
            $"0:{stream}",
            "-c:s",
            "srt",
            "-f",
            "srt",
            Demuxers.FileUrl(output),
        ];

    private static List<string> Treat(StreamTreatment treatment, Loudness? loudness) =>
        treatment switch
        {
            CopyStream { IsVideo: true } copy => ["-c:v:0", "copy", .. TagOf("-tag:v:0", copy.Tag)],
            CopyStream copy => ["-c:a:0", "copy", .. TagOf("-tag:a:0", copy.Tag)],
            EncodeVideo video => Video(video),
            EncodeAudio audio => Audio(audio, loudness),
            _ => throw new InvalidOperationException($"There is no way to do {treatment}."),
        };

    private static List<string> Video(EncodeVideo video)
    {
        List<string> arguments = ["-c:v:0", .. Encoders.Video(video), .. TagOf("-tag:v:0", video.Tag)];
        if (PictureFilter.Of(video) is { Length: > 0 } filter)
            arguments.AddRange(["-filter:v:0", filter]);
        if (video.ConstantFrameRate)
            arguments.AddRange(["-fps_mode:v:0", "cfr"]);
        return arguments;
    }

    private static List<string> Audio(EncodeAudio audio, Loudness? loudness)
    {
        List<string> arguments = ["-c:a:0", .. Encoders.Audio(audio)];
        if (audio.Codec is "flac" or "alac")
            arguments.AddRange(["-sample_fmt:a:0", SampleFormat(audio)]);
        if (audio.Channels is { } channels)
            arguments.AddRange(["-ac:a:0", Text(channels)]);
        if (audio.SampleRate is { } rate)
            arguments.AddRange(["-ar:a:0", Text(rate)]);
        if (Filters(audio, loudness) is { Count: > 0 } filters)
            arguments.AddRange(["-filter:a:0", string.Join(',', filters)]);
        return arguments;
    }

    /// <summary>Filters of a sound before it is encoded.</summary>
    public static IReadOnlyList<string> Filters(EncodeAudio audio, Loudness? loudness)
    {
        var filters = new List<string>();
        if (loudness is not null && audio.Loudness is not null)
            filters.Add(loudness.Filter(audio));
        // libopus and libvorbis refuse "5.1(side)", which is what AAC and AC-3 decode to.
        if (audio.Surround && audio.Codec is "opus" or "vorbis")
            filters.Add("aformat=channel_layouts=3.0|quad|5.0|5.1|6.1|7.1");
        return filters;
    }

    private static IEnumerable<string> Cover(ConversionPlan plan, string? picture, string? coverArt)
    {
        if (coverArt is null)
            return [];
        // The cover comes after the medium's own picture, where there is one.
        var index = Text(plan.Streams.Count(stream => stream.Treatment is EncodeVideo or CopyStream { IsVideo: true }));
        return plan.Container.CoverArt switch
        {
            CoverArtPlace.AttachedPicture when picture is not null =>
            [
                $"-c:v:{index}",
                "copy",
                $"-disposition:v:{index}",
                "attached_pic",
                $"-metadata:s:v:{index}",
                "comment=Cover (front)",
            ],
            CoverArtPlace.Attachment =>
            [
                "-attach",
                coverArt,
                "-metadata:s:t:0",
                "mimetype=image/jpeg",
                "-metadata:s:t:0",
                "filename=cover.jpg",
            ],
            _ => [],
        };
    }

    private static string SampleFormat(EncodeAudio audio) =>
        (audio.Codec, audio.Deep) switch
        {
            ("alac", false) => "s16p",
            ("alac", true) => "s32p",
            (_, false) => "s16",
            (_, true) => "s32",
        };

    private static string[] TagOf(string option, string? tag) => tag is null ? [] : [option, tag];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
