namespace Decant.Engine.Egress;

/// <summary>A setting of the gate that cannot be used, found at start.</summary>
/// <param name="setting">The setting's name, as an operator writes it in the environment.</param>
/// <param name="problem">The fault of the value, quoting it.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class EgressSettingException(string setting, string problem, Exception? innerException = null)
    : Exception($"{setting}: {problem}", innerException)
{
    public string Setting { get; } = setting;
}
