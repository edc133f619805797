using Decant.Engine;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Health;

/// <summary>Whether the database can be written, as of a second ago at most: each look is a write, and anyone may ask.</summary>
internal sealed partial class DatabaseHealth(
    IDbContextFactory<DecantDb> databases,
    TimeProvider time,
    ILogger<DatabaseHealth> logger
)
{
    private readonly Recent<EnginePart> _recent = new(TimeSpan.FromSeconds(1), time);

    public Task<EnginePart> GetAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(LookAsync, cancellationToken);

    private async Task<EnginePart> LookAsync()
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await db.TryWriteAsync(CancellationToken.None);
            return new EnginePart("database", true, false, "can be written");
        }
        catch (Exception exception)
        {
            // Whatever it is, the server is not ready with it.
            var trouble = DatabaseTrouble.Of(exception);
            LogUnready(exception.GetBaseException().Message);
            return new EnginePart("database", false, false, trouble?.Message ?? "The server's log says why.");
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be written: {Detail}")]
    private partial void LogUnready(string detail);
}
