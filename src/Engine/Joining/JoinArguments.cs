using System.Globalization;
using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Joining;

/// <summary>A join in ffmpeg's words: tracks of one coding are copied, others are brought to the best of their parts and encoded.</summary>
/// <param name="clocks">Starts of the parts of each source.</param>
/// <param name="sources">The parts of each source.</param>
/// <param name="lists">Writer of a list of parts, which returns its path.</param>
internal sealed class JoinArguments(
    IReadOnlyList<JoinClock> clocks,
    IReadOnlyList<IReadOnlyList<MeasuredPart>> sources,
    Func<string, string> lists
)
{
    private readonly List<string> _inputs = [];
    private readonly List<string> _filters = [];
    private readonly List<string> _outputs = [];
    private int _count;

    /// <param name="picture">Track of the picture; null for none.</param>
    /// <param name="videoCodec">Codec of the picture, where its parts differ.</param>
    /// <param name="sound">Track of the sound; null for none.</param>
    /// <param name="path">The Matroska file to make.</param>
    public IReadOnlyList<string> Build(JoinTrack? picture, string videoCodec, JoinTrack? sound, string path)
    {
        if (picture is not null)
        {
            Map(
                picture,
                "v",
                "[picture]",
                ["-c:v", "copy"],
                Encoders.Video(new EncodeVideo(videoCodec, null)),
                Picture
            );
        }
        if (sound is not null)
        {
            // Lossless: the file that is made in the end is the only one that may cost quality.
            Map(sound, "a", "[sound]", ["-c:a", "copy"], ["flac"], Sound);
        }
        return
        [
            "-hide_banner",
            "-nostdin",
            "-v",
            "error",
            "-y",
            .. _inputs,
            .. _filters.Count == 0 ? (string[])[] : ["-filter_complex", string.Join(';', _filters)],
            .. _outputs,
            "-map_metadata",
            "-1",
            "-max_muxing_queue_size",
            "4096",
            "-f",
            "matroska",
            Demuxers.FileUrl(path),
        ];
    }

    private void Map(
        JoinTrack track,
        string kind,
        string label,
        IReadOnlyList<string> copy,
        IReadOnlyList<string> encoder,
        Action<JoinTrack, string> filter
    )
    {
        if (track.IsCopied)
        {
            var run = track.Runs[0];
            var lead = sources[track.Source][run.First].Lead;
            string[] skip = lead > TimeSpan.Zero ? ["-ss", Seconds(lead)] : [];
            _outputs.AddRange(["-map", $"{Open(track.Source, run, skip)}:{run.Stream!.Index}", .. copy]);
            return;
        }
        filter(track, label);
        _outputs.AddRange(["-map", label, $"-c:{kind}", .. encoder, .. kind == "v" ? (string[])["-vsync", "vfr"] : []]);
    }

    /// <summary>Frames of all runs in the order of their times, scaled into the largest picture.</summary>
    private void Picture(JoinTrack track, string label)
    {
        var (width, height) = (track.Size.Width & ~1, track.Size.Height & ~1);
        var seen = track.Runs.Where(run => run.Stream is not null).ToList();
        foreach (var run in seen)
        {
            var (part, clock) = (sources[track.Source][run.First], clocks[track.Source]);
            var start = Seconds(clock.Starts[run.First] - part.Lead);
            var begin = Seconds(part.Lead + clock.StartOf(part, run.First) - clock.Starts[run.First]);
            _filters.Add(
                $"[{Open(track.Source, run)}:{run.Stream!.Index}]"
                    + (part.Lead > TimeSpan.Zero ? $"trim=start={begin}," : "")
                    + $"scale={Text(width)}:{Text(height)}:force_original_aspect_ratio=decrease:force_divisible_by=2,"
                    + $"pad={Text(width)}:{Text(height)}:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p,"
                    + $"settb=1/90000,setpts=PTS+{start}/TB[v{Text(run.First)}]"
            );
        }
        _filters.Add(
            seen.Count == 1
                ? $"[v{Text(seen[0].First)}]null{label}"
                : $"{string.Concat(seen.Select(run => $"[v{Text(run.First)}]"))}interleave=nb_inputs={Text(seen.Count)}{label}"
        );
    }

    /// <summary>Samples of all runs one behind the other, each run exactly as long as its parts play.</summary>
    private void Sound(JoinTrack track, string label)
    {
        var rate = Text(track.SampleRate);
        var layout = LayoutOf(track);
        var starts = clocks[track.Source].Starts;
        foreach (var run in track.Runs)
        {
            var length = Seconds(starts[run.First + run.Count] - starts[run.First]);
            // Samples before the first time are left out.
            var lead = Seconds(sources[track.Source][run.First].Lead);
            var heard = run.Stream is { } stream
                ? $"[{Open(track.Source, run)}:{Text(stream.Index)}]asetpts=PTS-{lead}/TB,aresample={rate}:async=1:min_hard_comp=0.02:first_pts=0,"
                : $"anullsrc=r={rate}:cl={layout},";
            _filters.Add(
                $"{heard}aformat=sample_rates={rate}:channel_layouts={layout},apad,atrim=duration={length},"
                    + $"asetpts=N/SR/TB[a{Text(run.First)}]"
            );
        }
        _filters.Add(
            $"{string.Concat(track.Runs.Select(run => $"[a{Text(run.First)}]"))}concat=n={Text(track.Runs.Count)}:v=0:a=1{label}"
        );
    }

    private static string LayoutOf(JoinTrack track) =>
        track.Streams.First(stream => (stream.Channels ?? 2) == track.Channels || track.Channels == 2) switch
        {
            { ChannelLayout: { } named } => named,
            _ => track.Channels switch
            {
                1 => "mono",
                2 => "stereo",
                6 => "5.1",
                8 => "7.1",
                var count => $"{Text(count)}c",
            },
        };

    /// <summary>Opens the parts of a run as one input whose clock begins where the run does, or at zero for what is copied.</summary>
    /// <param name="source">Number of the source.</param>
    /// <param name="run">Run of its parts.</param>
    /// <param name="skip">Leaves out the lead of the first part, where no filter does.</param>
    /// <returns>Number of the input.</returns>
    private int Open(int source, JoinRun run, IReadOnlyList<string>? skip = null)
    {
        var (parts, clock) = (sources[source], clocks[source]);
        var list = new System.Text.StringBuilder("ffconcat version 1.0\n");
        for (var number = run.First; number < run.First + run.Count; number++)
        {
            var (measured, part, isFirst) = (parts[number], parts[number].Part, number == run.First);
            list.Append(
                CultureInfo.InvariantCulture,
                $"file '{Demuxers.StretchUrl(part.Path, part.Start, part.End)}'\n"
            );
            // ffmpeg moves an input so that its first packet is at zero, also where that lies before the point it was told.
            if (measured.Lead > TimeSpan.Zero && !isFirst)
                list.Append(CultureInfo.InvariantCulture, $"inpoint {Seconds(measured.InPoint)}\n");
            if (measured.Trail > TimeSpan.Zero)
                list.Append(CultureInfo.InvariantCulture, $"outpoint {Seconds(measured.OutPoint)}\n");
            var next =
                number + 1 < parts.Count ? clock.StartOf(parts[number + 1], number + 1) : clock.Starts[number + 1];
            var length = next - clock.StartOf(measured, number) + (isFirst ? measured.Lead : TimeSpan.Zero);
            list.Append(CultureInfo.InvariantCulture, $"duration {length.TotalSeconds:0.######}\n");
        }
        var late = clock.StartOf(parts[run.First], run.First) - clock.Starts[run.First];
        _inputs.AddRange([
            .. skip ?? [],
            "-itsoffset",
            Seconds(late),
            .. Demuxers.ForStretches,
            "-i",
            Demuxers.FileUrl(lists(list.ToString())),
        ]);
        return _count++;
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
