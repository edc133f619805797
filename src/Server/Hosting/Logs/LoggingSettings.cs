namespace Decant.Server.Hosting.Logs;

/// <summary>Settings under <c>Logging</c>. Levels are the framework's own: <c>Logging__LogLevel__Default</c>.</summary>
internal sealed class LoggingSettings
{
    /// <summary>Form of the log on standard error: <c>text</c>, or <c>json</c> with one object a line.</summary>
    public string Format { get; init; } = TextLog.FormatName;
}
