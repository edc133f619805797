using Decant.Engine;
using Decant.Server.Background;
using Decant.Server.Data;

namespace Decant.Server.Upkeep;

/// <summary>Writes down, every half minute, how platforms answer and which extractor is at work.</summary>
internal sealed partial class UpkeepRecords(
    MediaEngine engine,
    PlatformRecords platforms,
    DataDirectory directory,
    LoopServices services,
    ILogger<UpkeepRecords> logger
) : PeriodicLoop(TimeSpan.FromSeconds(30), services)
{
    private readonly Lock _gate = new();
    private ExtractorNote? _noted;

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        Note();
        await platforms.WriteAsync(cancellationToken);
    }

    private void Note()
    {
        lock (_gate)
        {
            var note = ExtractorNote.Of(engine.Extractor);
            if (note == _noted)
            {
                return;
            }

            try
            {
                note.Write(directory.Root);
                _noted = note;
            }
            catch (IOException exception)
            {
                // A full disk must not hide from an administrator what he asks for.
                LogNotNoted(exception, directory.Root);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The state of the extractor could not be written to {Directory}")]
    private partial void LogNotNoted(Exception exception, string directory);
}
