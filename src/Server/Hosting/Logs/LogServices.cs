using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting.Logs;

internal static class LogServices
{
    /// <summary>Registers the log: on standard error, because standard output is for the greeting, which scripts read.</summary>
    public static void AddLog(this WebApplicationBuilder builder)
    {
        var format = builder.Configuration["Logging:Format"] ?? TextLog.FormatName;
        if (format is not (TextLog.FormatName or JsonLog.FormatName))
        {
            throw new OptionsValidationException(
                "Logging",
                typeof(string),
                [$"Setting Logging__Format: '{format}' is neither {TextLog.FormatName} nor {JsonLog.FormatName}."]
            );
        }

        builder.Services.AddOptions<LoggingSettings>().BindConfiguration("Logging");
        builder.AddSettingsOf<LoggingSettings>("Logging");
        builder.Logging.ClearProviders();
        builder.Logging.AddConsoleFormatter<TextLog, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<JsonLog, ConsoleFormatterOptions>();
        builder.Logging.Configure(log => log.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
        builder.Services.RemoveAll<ILoggerProvider>();
        builder.Services.AddSingleton<ILoggerProvider, QuartzLog>();
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = format;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Its exceptions say the same, and many are expected: a fresh database, a second node's insert.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Connection", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None);
        // A start that fails is said by the program that started it; a service that fails is critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }
}
