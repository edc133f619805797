using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Hosting;

/// <summary>Settings outside any section that the start itself reads.</summary>
internal sealed class ProgramSettings
{
    /// <summary>Addresses to listen on, separated by semicolons: <c>--urls</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Directory that everything is kept in: <c>--data</c>.</summary>
    public string Data { get; init; } = "data";
}

/// <summary>Settings under <c>ConnectionStrings</c>.</summary>
internal sealed class ConnectionSettings
{
    /// <summary>Connection string of a PostgreSQL; null is SQLite in the data directory.</summary>
    [Secret]
    public string? Decant { get; init; }
}

internal static class ProgramSettingsServices
{
    public static void AddProgramSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProgramSettings>().Bind(builder.Configuration);
        builder.AddSettingsOf<ProgramSettings>("");
        builder.Services.AddOptions<ConnectionSettings>().BindConfiguration("ConnectionStrings");
        builder.AddSettingsOf<ConnectionSettings>("ConnectionStrings");
        builder.Services.AddSingleton<SettingsInForce>();
    }
}
