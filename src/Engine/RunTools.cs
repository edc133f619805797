using Decant.Engine.Converting;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Joining;
using Decant.Engine.Probing;
using Decant.Engine.Verifying;

namespace Decant.Engine;

/// <summary>Tools of a run, the same for all.</summary>
internal sealed record RunTools(
    Ffprobe Ffprobe,
    Ffmpeg Ffmpeg,
    Verification Verification,
    Thumbnail Thumbnail,
    SubtitleFetch Subtitles,
    PartJoin Join,
    TimeProvider Time
);
