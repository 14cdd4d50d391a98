import type { Json, JsonObject } from '../../model/json.js';

/** Reading of template properties: what CloudFormation evaluated is a number here and the same number as text there. */

export const objectIn = (from: JsonObject, key: string): JsonObject => {
  const value = from[key];
  return isObject(value) ? value : {};
};

export const listIn = (from: JsonObject, key: string): readonly JsonObject[] => {
  const value = from[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
};

export const wordsIn = (from: JsonObject, key: string): readonly string[] => {
  const value = from[key];
  return Array.isArray(value) ? value.map(String) : [];
};

export const textIn = (from: JsonObject, key: string, otherwise: string): string => {
  const value = from[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
};

export const numberIn = (from: JsonObject, key: string, otherwise: number): number => {
  const value = from[key];
  return value === undefined || value === null || value === '' || Number.isNaN(Number(value)) ? otherwise : Number(value);
};

export const flagIn = (from: JsonObject, key: string, otherwise: boolean): boolean => {
  const value = from[key];
  return value === undefined ? otherwise : String(value) === 'true';
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
