using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.About;

/// <summary><c>GET /api/v1/admin/settings</c>: the settings of the node that answers.</summary>
internal static class ListSettings
{
    public static Ok<SettingsView> Handle(SettingsInForce settings) =>
        TypedResults.Ok(new SettingsView(settings.Read()));
}

/// <param name="Settings">All settings, by name.</param>
internal sealed record SettingsView(IReadOnlyList<Setting> Settings);
