using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Decant.Lab.Platforms;

/// <summary>Facts about a medium that exists only because somebody asked for its id: the same id has the same facts, always.</summary>
internal static class Derived
{
    public static uint Number(string id) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    public static T Pick<T>(string id, IReadOnlyList<T> choices) => choices[(int)(Number(id) % (uint)choices.Count)];

    /// <summary>A moment in the three years from 2021.</summary>
    public static DateTimeOffset Moment(string id) =>
        new DateTimeOffset(2021, 1, 1, 12, 0, 0, TimeSpan.Zero).AddMinutes(Number(id) % (3 * 365 * 24 * 60));
}
