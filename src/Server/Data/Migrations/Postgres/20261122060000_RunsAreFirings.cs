using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Decant.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RunsAreFirings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "RunId",
                table: "Jobs",
                type: "text",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_Platform",
                table: "Jobs",
                column: "Platform",
                filter: "\"RunId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Jobs_Platform",
                table: "Jobs");

            migrationBuilder.AlterColumn<Guid>(
                name: "RunId",
                table: "Jobs",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);
        }
    }
}
